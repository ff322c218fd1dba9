"""The command line: ``python -m kennzahl ARGUMENTS``."""

import signal
import sys

from . import main

if __name__ == "__main__":
    # The command line ends its batch and says with which code it was stopped; Python is not to raise beside it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(main())
