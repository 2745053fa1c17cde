"""The Excel add-in: its VBA, its texts, and `icare-xl.xlam`, which `build.py` makes of them and of the ribbon."""
