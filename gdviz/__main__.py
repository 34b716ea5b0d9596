"""``python -m gdviz`` is ``gdviz``."""

import sys

from gdviz.cli.main import main

sys.exit(main())
