"""What the program does today, written down in tests/expected, so that a change of it reads as old against new.

`commands` and `plays` are the cases, as data: command lines, and buttons pressed in Excel. `inputs` makes the workbooks they
start from; `transcript` and `playing` run a case and write down all that a person would see of it, `examples` what the rules
find in their own examples; `plain` is what would differ from run to run, and how it is kept from it.

    pytest tests/test_expected.py --thorough   # compares
    pytest tests/test_expected.py --refresh    # writes tests/expected again; look at its `git diff`, then commit
"""
