"""What we know: rules, lexicons, scales, texts, and the public findings of authorities."""
