/**
 * Four words for people to compare by eye or by voice: the first 32 bits of `bytes`, which must be a digest.
 *
 * They tell one bridge from another, and catch whoever stands in between without having prepared for this very
 * bridge. They do not stop one who has: a certificate with the same four words is found by trying four thousand
 * million times, which a computer does in minutes. Programs compare the whole digest; so should people who must be sure.
 */
export function fingerprintWords(bytes: Uint8Array): string {
  if (bytes.length < wordCount) throw new RangeError(`a fingerprint needs ${wordCount} bytes`);
  return Array.from(bytes.subarray(0, wordCount), (byte) => words[byte]).join("-");
}

const wordCount = 4;

/** One for each byte, no two with the same four letters in front. None changes: people have written them down. */
const words: readonly string[] = `
  acorn actor agent album almond amber anchor angle apple apron arena arrow aspen atlas autumn avenue
  badge bagel balloon bamboo banjo barrel basil beacon beaver bell bicycle birch bison blanket blossom bonus
  border bottle branch bread bridge bronze bucket button cabin cactus camel candle canoe canyon carbon carpet
  castle cedar cello chalk cherry chimney circle citrus clarinet clover cobalt coconut comet compass copper coral
  cotton cradle crayon cricket crystal cupboard curtain cymbal daisy dancer delta denim desert diamond dinner dolphin
  domino donkey dragon drawer drum eagle easel echo elbow emblem emerald engine envelope falcon feather fennel
  ferry fiddle finch flamingo flute forest fossil fountain frost galaxy garden garlic gazelle ginger giraffe glacier
  globe goblet gravel guitar hammer harbor harvest hazel hedge helmet heron hickory honey horizon hotel iceberg
  igloo indigo insect iris island ivory jacket jaguar jasmine jelly jigsaw jungle juniper kangaroo kayak kernel
  kettle kitchen kiwi koala ladder lagoon lantern laurel lemon leopard library lilac lizard lobster locket lotus
  magnet mango maple marble meadow melon mirror mitten monsoon mosaic muffin mushroom napkin nectar needle nickel
  notebook nutmeg oasis oboe ocean octopus olive onion opal orchid otter oyster paddle panda papaya parrot
  pebble pelican pepper piano pillow pistachio planet plum pocket polar pumpkin puzzle quartz quilt rabbit radish
  raven ribbon river robin rocket saddle saffron salmon sandal sapphire scarf shadow shell silver sonnet spider
  sponge squirrel stable sugar summit sunset tablet tango teapot temple thistle thunder tiger timber tomato topaz
  torch tractor trumpet tulip tunnel turtle umbrella unicorn valley vanilla velvet violin volcano waffle walnut window
`
  .trim()
  .split(/\s+/);
