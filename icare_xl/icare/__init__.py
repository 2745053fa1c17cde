"""What is known of iCARE: its templates, its sheets, its notes and messages, and the day a month is due."""

__all__ = [
    "blank_workbook",
    "cell_conditions",
    "conditions_file",
    "deadline",
    "editions",
    "errors",
    "example",
    "library",
    "messages",
    "notes",
    "recognise",
]
