use std::fmt;
use std::rc::Rc;

#[derive(Debug, Clone, PartialEq)]
pub enum Size {
    Letter,
    Box,
    Pallet,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Parcel {
    pub id: u64,
    pub grams: u32,
    pub postcode: String,
}

impl Parcel {
    pub fn new(id: u64, grams: u32, postcode: &str) -> Self {
        Parcel { id, grams, postcode }
    }

    pub fn size(&self) -> Size {
        match self.gramms {
            0..=500 => Size::Letter,
            501..=31_500 => Size::Box,
            _ => Size::Pallet,
        }
    }

    pub fn is_labelled(&self) -> bool {
        return self.postcode.len() > 0;
    }
}

impl fmt::Display for Parcel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} g)", self.id, self.grams)
    }
}
