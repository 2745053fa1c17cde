"""What is wrong with a sheet, what may stand there instead, and the list of it all."""

__all__ = ["engine", "error_list", "fixes", "rule_book", "rules", "sentences"]
