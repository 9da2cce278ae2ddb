/// The goods of each category, one a line: name, price, a sentence or two.
enum DemoGoods {
    static let kitchen = """
        Carbon steel wok, 32 cm|39.90|Spun from 1.5 mm steel, with a beech handle that stays cool.
        Crêpe pan, 26 cm|29.50|Low rim, even heat, and a small wooden spreader.
        Crème brûlée torch|24.90|Adjustable flame with a safety catch; gas not included.
        Olive wood salad bowl|44.00|Turned from one piece, so no two have the same grain.
        Stoneware casserole, 3 l|58.00|Goes from the oven to the table and keeps its heat for an hour.
        Chef's knife, 20 cm|79.00|Hardened blade, ground thin, balanced at the bolster.
        Paring knife, 9 cm|18.50|For garlic, strawberries and everything held in the hand.
        Bread knife, wavy edge|32.00|Cuts crust without crushing the crumb.
        End-grain cutting board|64.00|Maple blocks glued upright: kind to edges, closes its own marks.
        Cast iron skillet, 24 cm|42.00|Seasoned with flax oil, ready for the first egg.
        Enamel saucepan, 1.5 l|27.90|White inside, so that you see when the butter browns.
        Pasta machine|54.90|Nine thicknesses, two cutters, a clamp that holds.
        Granite mortar and pestle|36.00|Two kilograms that stay where they are put.
        Rotary cheese grater|21.00|Fine, coarse and slicing drums; takes either hand.
        Citrus press, cast aluminium|33.50|A long lever gets the last drop out of a lime.
        Silicone spatula set of three|14.90|Narrow, wide and spoon-shaped, good to 250 °C.
        Whisk, eleven wires|9.90|Stiff enough for dough, light enough for cream.
        Digital kitchen scale|26.00|Weighs 1 g to 5 kg, and water in millilitres.
        Probe thermometer|19.90|Reads in three seconds; folds away in a drawer.
        Salad spinner|28.00|Pull cord and brake; the bowl serves as well.
        Mandoline slicer|47.50|Slices, julienne and crinkle cuts, with a finger guard.
        Tagine, glazed terracotta|52.00|The tall lid sends the steam back to the couscous.
        包丁 Santoku knife, 17 cm|89.00|Three virtues: meat, fish and vegetables.
        寿司 Sushi rolling mat|6.50|Bamboo sticks on cotton thread; the first roll is the hardest.
        """

    static let tea = """
        緑茶 Sencha green tea, 100 g|12.90|First harvest, steamed; grassy with a little sweetness.
        抹茶 Matcha, ceremonial, 30 g|27.00|Shaded for four weeks and ground between stones.
        烏龍茶 Oolong, half roasted, 75 g|15.80|Opens over five infusions, from orchid to caramel.
        Earl Grey with bergamot, 125 g|8.40|Black tea and the oil of real bergamot peel.
        Assam, second flush, 125 g|9.20|Malty and strong; takes milk well.
        Darjeeling, spring picking, 100 g|16.50|Pale cup, muscatel and almond.
        Rooibos with vanilla, 150 g|7.60|Naturally without caffeine, mild at any hour.
        Peppermint, whole leaf, 50 g|5.20|Dried slowly, so that the oil stays in the leaf.
        Camomile flowers, 40 g|5.60|Whole heads only, for quiet evenings.
        Lapsang, smoked over pine, 100 g|11.40|Campfire in a cup, good with cheese.
        House espresso beans, 500 g|13.90|Chocolate and hazelnut, a thick crema.
        Ethiopian filter beans, 250 g|11.90|Washed and lightly roasted: jasmine, lemon, honey.
        Café crème beans, 1 kg|22.50|Mild enough for a large cup, made for automatic machines.
        Decaffeinated beans, 250 g|10.80|Water process, full body, sleep included.
        Chicory coffee, 200 g|4.90|Roasted root, round and slightly bitter.
        Moka pot, six cups|29.90|Aluminium, with a spare seal in the box.
        French press, 1 l|34.00|Double-walled glass keeps it hot to the last cup.
        Ceramic pour-over dripper|18.00|Spiral ribs for an even flow; takes size 02 papers.
        Paper filters, size 02, 100|4.50|Unbleached, without the taste of paper.
        Burr grinder, hand crank|49.00|Steel burrs, forty settings, 30 g of beans.
        Gooseneck kettle, 1 l|62.00|Pours where you look, with a thermometer in the lid.
        茶碗 Matcha bowl|31.00|Thrown by hand, dark glaze outside, light within.
        茶筅 Bamboo whisk|14.20|Eighty tines cut from one piece of bamboo.
        Café au lait bowl|12.50|Holds 400 ml and both hands.
        """

    static let pantry = """
        Olive oil, early harvest, 750 ml|18.90|Green, peppery, pressed within six hours.
        Walnut oil, 250 ml|11.50|Roasted first; for salads, never for the pan.
        Jalapeño hot sauce, 150 ml|6.90|Fermented for a month, hot but not bitter.
        Dijon-style mustard, 200 g|4.20|Fine, sharp, good for the nose.
        Açaí powder, 100 g|14.90|Freeze-dried berries for bowls and smoothies.
        Müsli with hazelnuts, 750 g|7.80|Five flakes, no sugar but that of the raisins.
        Forest honey, 500 g|10.90|Dark and malty, from late summer.
        Maple syrup, amber, 250 ml|12.40|Boiled down from forty times as much sap.
        Sourdough crackers, 200 g|4.60|Rye and spelt with coarse salt.
        Sea salt flakes, 250 g|5.40|Thin pyramids that break between two fingers.
        Black peppercorns, 80 g|5.90|Picked ripe, dried in the sun, loud in the mill.
        Smoked paprika, 75 g|4.80|Dried over oak for two weeks.
        Saffron threads, 1 g|9.90|All red, no yellow: a risotto for eight.
        Vanilla pods, three|11.20|Soft, oily, as long as a pencil.
        Cocoa powder, 250 g|6.70|Unsweetened, alkalised, very dark.
        Dark chocolate 72 %, 100 g|4.30|Two ingredients: cocoa and sugar.
        Crème de marrons, 250 g|6.20|Sweet chestnut cream for pancakes and spoons.
        Piquillo peppers, 220 g|5.50|Roasted over wood and peeled by hand.
        Lentils, small green, 500 g|3.90|Keep their shape and taste of pepper.
        Arborio rice, 1 kg|4.70|Drinks three times its weight in stock.
        Buckwheat noodles, 300 g|4.10|Eighty parts buckwheat, twenty parts wheat.
        味噌 Miso, red, 400 g|8.30|Soy beans and rice, eighteen months in cedar.
        김치 Kimchi, napa cabbage, 450 g|7.50|Alive, crisp and getting hotter every day.
        Tahini, whole sesame, 300 g|5.80|Stone-ground and pourable; shake it awake.
        """

    static let home = """
        Linen tablecloth, 150 × 250 cm|79.00|Washed soft; the wrinkles are meant to be there.
        Linen napkins, set of four|32.00|Mitred corners, gets better with every wash.
        Wool blanket, herringbone|118.00|Woven from one fleece, undyed, 140 by 200 cm.
        Down pillow, 50 × 70 cm|69.00|Three chambers: soft outside, firm inside.
        Feather cushion inner, 45 cm|14.50|Fills a cover properly, corners included.
        Beeswax candles, pair|16.80|Burn ten hours and smell of honey.
        Scented candle, fig and cedar|24.00|Forty hours, cotton wick, in a glass worth keeping.
        Brass candlestick|28.50|Cast solid, will grow a patina if you let it.
        Glass vase, ribbed, 22 cm|35.00|Blown into a mould, heavy at the foot.
        Table lamp, opal glass|96.00|A round light that dazzles nobody; LED bulb included.
        Paper lampshade, 45 cm|22.00|Folds flat, hangs light, forgives a low ceiling.
        Wall clock, silent|48.00|A sweeping hand; nothing ticks.
        Oak picture frame, A3|29.90|With a mount for A4 and real glass.
        Jute doormat|21.50|Braided thick enough for a wet dog.
        Laundry basket, willow|54.00|Cotton lining that comes out for washing.
        Storage box with lid, felt|26.00|Stands by itself, holds vinyl or yarn.
        Coat hooks, set of five|18.90|Forged steel, screws and plugs included.
        Step stool, beech|64.00|Holds 150 kg and hides under the sink.
        Magazine rack, bent plywood|58.00|One sheet, one curve, no screws.
        Cotton throw, waffle weave|44.50|Light for summer, layers for winter.
        Door stop, cork and lead|13.90|Two kilograms, quiet on any floor.
        Umbrella stand, enamelled|39.00|A tray at the bottom takes the puddle.
        暖簾 Noren door curtain|46.00|Hemp, split in the middle, 85 by 150 cm.
        風呂敷 Furoshiki wrapping cloth|17.50|Wraps a bottle, a book or a lunch; 70 cm square.
        """

    static let garden = """
        Hand trowel, forged|19.50|Carbon steel head, ash handle, a lifetime of tulips.
        Weeding knife|16.90|Reaches between the paving stones.
        Pruning shears, bypass|38.00|Cuts 20 mm of live wood; every part can be replaced.
        Loppers, telescopic|54.00|From 60 to 90 cm, for what grows out of reach.
        Watering can, 5 l|29.00|Zinc, long spout, with a fine brass rose.
        Plant mister, glass|17.50|For ferns, orchids and seedlings.
        Rain gauge|12.80|Reads to half a millimetre, glass on a steel pin.
        Bird feeder, larch|33.00|Roof on hinges, easy to clean.
        Nesting box for tits|27.50|A 28 mm hole, facing east if you can.
        Bee hotel|31.00|Ash, reed and clay for mason bees.
        Terracotta pot, 18 cm|7.90|Breathes; comes with its saucer.
        Hanging basket, coir lined|15.60|Chain and hook included, 35 cm wide.
        Seed tray with lid|13.40|Twelve cells and a window to look through.
        Compost bin, 300 l|68.00|Two flaps below, one lid above, no tools.
        Garden twine, jute, 100 m|4.90|Green, soft on stems, gone by spring.
        Tomato seeds, Ox Heart|3.50|Heavy, ribbed fruit with hardly any seeds.
        Basil seeds, large leaf|2.90|For pots in the sun; pinch out the tops.
        Courgette seeds, striped|3.20|Pick them small and pick them often.
        Wildflower mix, 10 m²|6.40|Twenty-two kinds for bees and patience.
        Edelweiß seeds|3.80|Alpine, slow, worth the waiting.
        Leather gloves, rose proof|24.50|Goatskin with cuffs to the elbow.
        Kneeling pad|14.00|Thick foam that dries in an hour.
        Sieve for soil, 8 mm|21.00|Galvanised mesh on a beech ring.
        盆栽 Bonsai scissors|26.00|Slim blades, wide loops, for twigs and roots.
        """
}
