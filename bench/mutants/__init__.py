"""Small changes put into the code, to see which of them no test notices."""
