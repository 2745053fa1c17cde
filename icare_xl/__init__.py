"""icare-xl: checks iCARE upload workbooks, reads and strips iCARE's notes, saves copies ready for upload."""

__version__ = "0.1.0"
