"""What came back from iCARE: which rows and why, what may be behind it, and what was corrected since."""

__all__ = [
    "correction_list",
    "corrections",
    "errors",
    "findings",
    "likely_slips",
    "matching",
    "new_messages",
    "notes_list",
    "progress",
    "rejections",
    "sentences",
]
