// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// Random choices that a seed repeats on every machine: mulberry32 over a 32-bit state.

/// One number of 32 bits out of several, so that pair n of seed s can be made without its predecessors.
export function mix(...numbers) {
  let h = 0x811c9dc5;
  for (const n of numbers) {
    h = Math.imul(h ^ (n >>> 0), 0x01000193);
    h ^= h >>> 15;
    h = Math.imul(h, 0x2c1b3c6d);
    h ^= h >>> 12;
  }
  return h >>> 0;
}

export class Rng {
  constructor(seed) { this.state = seed >>> 0; }

  /// 0 <= x < 1.
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /// A whole number, both ends included.
  int(low, high) { return low + Math.floor(this.next() * (high - low + 1)); }

  chance(probability) { return this.next() < probability; }

  pick(list) { return list[this.int(0, list.length - 1)]; }

  /// Calls one of the functions, chosen by weight: [[3, f], [1, g]].
  weighted(table) {
    let at = this.next() * table.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, make] of table) {
      at -= weight;
      if (at < 0) return typeof make === 'function' ? make() : make;
    }
    const [, last] = table[table.length - 1];
    return typeof last === 'function' ? last() : last;
  }

  list(low, high, make) { return Array.from({ length: this.int(low, high) }, make); }

  /// Some of the elements, in a random order.
  some(list, high = list.length) { return this.shuffled(list).slice(0, this.int(0, high)); }

  shuffled(list) {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.int(0, i);
      [copy[i], copy[j]] = [copy[j], copy[i]];
    }
    return copy;
  }

  /// An object of those members of `table` (name → maker) that luck picks.
  members(table, probability) {
    const names = Object.keys(table).filter(() => this.chance(probability));
    return Object.fromEntries(this.shuffled(names).map((name) => [name, table[name]()]));
  }
}
