"""`python -m icare_xl` is the command line."""

from icare_xl.cli import main

if __name__ == "__main__":
    main()
