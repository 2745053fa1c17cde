"""The product in Excel: what each button does, and how the buttons get there."""

__all__ = ["buttons", "errors", "help_page", "install", "press", "ribbon"]
