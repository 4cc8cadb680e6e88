"""What a guide is: values, and the rules that follow from them."""
