"""Excel for tests on a machine without it: xlwings' own Windows code over openpyxl or over a live LibreOffice.

`com` stands in for Excel's object model, one logged call for each round trip; `with_openpyxl` and `with_libreoffice` hold the
cells; `windows` loads xlwings' code for Windows on any system; `engine` puts them together; `press` does so in another process.

A test takes the fixture `excel` and runs once on each; without LibreOffice (Debian: libreoffice-calc python3-uno) that half
is skipped:

    def test_a_button(excel, tmp_path):
        book = excel.open(path)                 # as the user does it, not logged
        excel.answers = ["no"]                  # what the user clicks
        button(excel.app)
        assert excel.alerts[0].prompt == "Save a copy?"
        assert excel.calls.count("Range.Value") == 1 and len(excel.calls) < 60
"""
