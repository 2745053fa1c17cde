"""Sheets that a person fills in and Record takes back."""

__all__ = ["record", "settings_form", "status_form"]
