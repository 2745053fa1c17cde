"""What goes out to iCARE: what speaks against a file, the file itself, and the memory of all that were saved."""

__all__ = ["certificate", "errors", "guards", "ledger", "month", "saving", "sentences", "set_aside", "waiting"]
