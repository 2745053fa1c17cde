"""What each button of the ribbon does, as one straight line: the product, a page for each group."""

__all__ = ["tab"]
