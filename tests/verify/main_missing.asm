; No function at all.
expect MAIN_MISSING
