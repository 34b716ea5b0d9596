"""The window: layout, panels, actions, theme. It emits intents and edits nothing."""
