"""``python -m search_cli`` is ``kazami``."""

from __future__ import annotations

from search_cli.main import main

if __name__ == "__main__":
    main()
