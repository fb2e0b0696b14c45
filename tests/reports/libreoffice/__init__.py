"""Word files that LibreOffice wrote, with the script that had it write them."""
