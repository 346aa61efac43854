//! Choices between a few names, some with a number: the type, its names and the way to its word and back.

/// An enum with a name for each variant. A variant may carry a number, with the value that it has where nobody says
/// another one.
macro_rules! choices {
    (
        $(#[$meta:meta])*
        $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident $(($payload:ty = $usual:expr))? = $text:literal,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub enum $name {
            $($(#[$variant_meta])* $variant $(($payload))?,)*
        }

        impl $name {
            /// All of them; a number that one carries is the usual one.
            pub const ALL: [Self; [$($text),*].len()] = [$(Self::$variant $(($usual))?),*];
            /// Their names in files, in the same order.
            pub const NAMES: [&'static str; [$($text),*].len()] = [$($text),*];
            pub(crate) const KIND: $crate::parameters::Kind = $crate::parameters::Kind::Choice(&Self::NAMES);

            /// Its place in the list.
            #[must_use]
            pub const fn word(self) -> u32 {
                enum Place { $($variant),* }
                match self { $(Self::$variant { .. } => Place::$variant as u32,)* }
            }

            /// Its name in files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant { .. } => $text,)* }
            }

            pub(crate) const fn from_word(word: u32) -> Result<Self, $crate::parameters::Misfit> {
                if (word as usize) < Self::ALL.len() {
                    return Ok(Self::ALL[word as usize]);
                }
                Err($crate::parameters::Misfit::NoChoice { came: word })
            }
        }
    };
}
pub(crate) use choices;
