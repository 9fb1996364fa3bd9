"""Where statements come from: files, folders, the web."""
