"""``python -m trustsim``: the command line."""

from trustsim.cli import main

if __name__ == "__main__":
    main()
