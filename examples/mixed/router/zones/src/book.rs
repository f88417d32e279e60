use std::collections::HashMap;

use crate::parcel::Parcel;

/// Finds the zone of a parcel, if it is known.
pub trait Lookup {
    fn zone_of(&self, parcel: &Parcel) -> Option<String>;
    fn is_full(&self, zone: &str, parcels: u32) -> bool;
}

/// Zones by the first two digits of the postcode; many postcodes share the name of a zone.
#[derive(Default)]
pub struct Book {
    prefixes: HashMap<String, Arc<str>>,
    limits: HashMap<String, u32>,
}

impl Book {
    pub fn add(&mut self, prefix: &str, zone: &str, limit: u32) {
        self.prefixes.insert(prefix.to_string(), zone.into());
        self.limits.insert(zone.to_string(), limit);
    }

    fn prefix<'a>(&self, parcel: &'a Parcel) -> Option<&'a str> {
        return parcel.postcode.get(..2);
    }
}

impl Lookup for Book {
    fn zone_of(&self, parcel: &Parcel) -> Option<String> {
        let prefix = self.prefix(parcel)?;
        self.prefixes.get(prefix).map(|zone| zone.to_string())
    }

    fn is_full(&self, zone: &str, parcels: u32) -> bool {
        let limit = self.limits.get(zone);
        limit.is_some_and(|limit| parcels >= *limit)
    }
}
