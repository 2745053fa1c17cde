"""Definitions of the upload sheets: data only, read by `icare_xl.library`."""
