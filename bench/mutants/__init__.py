"""Mutation testing: small changes of the code, to see which ones no test notices."""
