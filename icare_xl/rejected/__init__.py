"""What came back from iCARE: which rows and why, what may be behind it, and what was corrected since."""

__all__ = ["corrections", "errors", "likely_slips", "matching", "rejections", "sentences"]
