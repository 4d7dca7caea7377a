"""What we say: finished reports and comparisons → terminal, HTML, Markdown, JSON; one file a format."""
