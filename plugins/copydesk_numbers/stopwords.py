"""Words that end a noun phrase."""

from __future__ import annotations

STOP_WORDS = frozenset(
    ["of", "in", "on", "at", "by", "for", "from", "to", "with", "without", "into", "onto", "over", "under", "after", "before", "since", "until", "till", "during", "through", "between", "among", "against", "about", "and", "or", "but", "nor", "so", "yet", "if", "when", "while", "where", "who", "whom", "whose", "which", "that", "than", "as", "because", "although", "though", "unless", "whether", "how", "why", "what", "is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "having", "do", "does", "did", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "i", "you", "he", "she", "it", "we", "they", "me", "him", "her", "us", "them", "his", "its", "our", "their", "my", "your", "this", "these", "those", "there", "here", "then", "now", "not", "no", "a", "an", "the", "each", "every", "all", "both", "either", "neither", "any", "some", "such", "same", "per", "via", "up", "down", "out", "off", "away", "back", "said", "says", "say", "told", "asked", "added", "according", "including", "based", "killed", "injured", "wounded", "died", "took", "made", "came", "went", "got", "left", "more", "less", "fewer", "most", "very", "too", "also", "just", "only", "even", "still", "already", "again", "once", "ago", "later", "earlier", "apart", "together"]
)
