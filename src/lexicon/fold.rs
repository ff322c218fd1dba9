//! The key by which a word is looked up: without case, umlauts spelled out, ß as ss, no soft hyphens.

/// The longest key that the lexicon looks up, in bytes. Longer words are compounds.
pub const MAX_KEY: usize = 64;

/// Folds a word into `key` (emptied first): *FÜNFZIG*, *fünfzig*, *fu¨nfzig* and *fuenfzig* have one key.
///
/// Stops at `limit` bytes and then returns false.
pub fn fold(word: &str, key: &mut Vec<u8>, limit: usize) -> bool {
    key.clear();
    for c in word.chars() {
        if key.len() >= limit {
            return false;
        }
        match c {
            'a'..='z' | '0'..='9' => key.push(c as u8),
            'A'..='Z' => key.push(c as u8 | 0x20),
            'ä' | 'Ä' => key.extend(b"ae"),
            'ö' | 'Ö' => key.extend(b"oe"),
            'ü' | 'Ü' => key.extend(b"ue"),
            'ß' | 'ẞ' => key.extend(b"ss"),
            '\u{308}' => {
                if matches!(key.last(), Some(b'a' | b'o' | b'u')) {
                    key.push(b'e');
                }
            }
            // Other accents do not tell German words apart: Cafe, Café.
            'à' | 'á' | 'â' | 'ã' | 'å' | 'À' | 'Á' | 'Â' | 'Å' => key.push(b'a'),
            'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' => key.push(b'e'),
            'ì' | 'í' | 'î' | 'ï' => key.push(b'i'),
            'ò' | 'ó' | 'ô' | 'õ' => key.push(b'o'),
            'ù' | 'ú' | 'û' => key.push(b'u'),
            'ç' | 'Ç' => key.push(b'c'),
            'ñ' | 'Ñ' => key.push(b'n'),
            '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            _ if c.is_ascii() => key.push(c as u8),
            _ => {
                let mut bytes = [0; 4];
                for l in c.to_lowercase() {
                    key.extend(l.encode_utf8(&mut bytes).as_bytes());
                }
            }
        }
    }
    true
}

/// The key of a word, as a new string.
pub fn folded(word: &str) -> String {
    let mut key = Vec::new();
    fold(word, &mut key, usize::MAX);
    String::from_utf8(key).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_share_a_key() {
        for word in ["fünfzig", "FÜNFZIG", "fu\u{308}nfzig", "fuenfzig", "fünf\u{ad}zig"] {
            assert_eq!(folded(word), "fuenfzig");
        }
        assert_eq!(folded("dreißig"), folded("dreissig"));
        assert_eq!(folded("µm"), "µm");
    }
}
