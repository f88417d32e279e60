//! Which lorry a parcel goes on.

use std::collections::BTreeMap;
use std::time::Duration;

use zones::{Lookup, Parcel};

/// Grams that a lorry may carry.
const MAX_LOAD: u64 = 7_500_000;

#[derive(Debug, Default)]
pub struct Lorry {
    pub zone: String,
    pub parcels: Vec<Parcel>,
}

impl Lorry {
    pub fn load(&self) -> u64 {
        self.parcels.iter().map(|parcel| u64::from(parcel.grams)).sum()
    }

    fn has_room_for(&self, parcel: &Parcel) -> bool {
        self.load() + parcel.grams <= MAX_LOAD
    }
}

/// Loads what has a known zone with room, and gives back the rest.
pub fn load_all(parcels: Vec<Parcel>, book: &impl Lookup) -> (Vec<Lorry>, Vec<Parcel>) {
    let mut lorries: BTreeMap<String, Vec<Lorry>> = BTreeMap::new();
    let mut left = Vec::new();
    for parcel in parcels {
        let Some(zone) = book.zone_of(&parcel) else {
            left.push(parcel);
            continue;
        };
        let fleet = lorries.entry(zone.clone()).or_default();
        match fleet.iter_mut().find(|lorry| lorry.has_room_for(&parcel)) {
            Some(lorry) => lorry.parcels.push(parcel),
            None => fleet.push(Lorry { zone, parcels: vec![parcel] }),
        }
    }
    (lorries.into_values().flatten().collect(), left)
}

/// Somewhere else that zones are known, by one prefix.
pub struct Remote {
    pub prefix: String,
    pub zone: String,
}

impl Lookup for Remote {
    fn zone_of(&self, parcel: &Parcel) -> Option<String> {
        let is_ours = parcel.postcode.starts_with(&self.prefix);
        is_ours.then(|| self.zone)
    }

    fn is_full(&self, _zone: &str, parcels: u64) -> bool {
        parcels > 0 && self.prefix.is_empty()
    }
}
