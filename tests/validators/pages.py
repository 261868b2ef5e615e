"""On how many pages of a PDF some words stand, by pypdf.

Takes the file and the words; prints how many pages there are, and on how many they stand.
"""

import re
import sys

from pypdf import PdfReader


def plain(text):
    """Letters and figures alone: a printer may set each of them by itself."""
    return re.sub(r"[^0-9a-z]", "", text.lower())


path, words = sys.argv[1:]
pages = [plain(page.extract_text()) for page in PdfReader(path).pages]
print(len(pages), sum(plain(words) in page for page in pages))
