"""Every page as HTML, a server that shows it to a browser, and what a browser sees cut off."""
