"""Opens the desk."""

from archivist.desk.app import main

if __name__ == "__main__":
    raise SystemExit(main())
