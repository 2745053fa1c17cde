"""What is wrong with a sheet, what lies behind it, what may stand there instead, and the list of it all."""

__all__ = [
    "causes",
    "cell_described",
    "codes",
    "engine",
    "error_list",
    "errors",
    "files",
    "fixes",
    "rule_book",
    "rules",
    "sentences",
]
