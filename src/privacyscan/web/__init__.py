"""The page and the HTTP API: what a person pastes, judged in a process of its own and stored nowhere."""
