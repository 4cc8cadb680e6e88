"""Tools for staff: new files, reports, spreadsheets, a web editor, link checks, and messages for the terminal."""
