"""The outbox: words to people, written with the change and sent after it is safe."""
