"""The content of a guide as frozen values, and the rules that follow from them."""
