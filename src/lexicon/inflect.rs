//! One headword of a pack, all its forms: `"Kilometer|n|s"`, `"kanadisch|*"`.

/// The endings of a German adjective.
const ADJECTIVE: [&str; 6] = ["", "e", "en", "er", "es", "em"];

/// All forms that the notation of a pack stands for.
///
/// ```
/// use kennzahl::lexicon::forms;
/// assert_eq!(forms("Tonne|n"), ["Tonne", "Tonnen"]);
/// assert_eq!(forms("kanadisch|*")[1], "kanadische");
/// ```
pub fn forms(notation: &str) -> Vec<String> {
    let mut parts = notation.split('|');
    let stem = parts.next().unwrap_or_default();
    let mut all = vec![stem.to_owned()];
    for ending in parts {
        if ending == "*" {
            all.extend(ADJECTIVE[1..].iter().map(|e| format!("{stem}{e}")));
        } else {
            all.push(format!("{stem}{ending}"));
        }
    }
    all
}
