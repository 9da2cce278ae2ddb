extension DemoGoods {
    static let stationery = """
        Notebook, dotted, A5|14.50|192 pages that take fountain pen ink.
        Notebook, ruled, pocket|9.80|Sewn, so that it lies flat.
        Sketchbook, 150 g, A4|18.00|Sixty sheets with tooth for charcoal.
        Fountain pen, fine nib|34.00|Steel nib, converter included, writes at once.
        Ink, blue-black, 50 ml|11.90|Darkens over the day and stays.
        Mechanical pencil, 0.7 mm|16.50|Brass body, knurled grip, retracts fully.
        Graphite pencils, set of twelve|13.90|From 6B to 4H in a tin.
        Coloured pencils, 24|29.50|Soft cores that blend under a finger.
        Watercolour pans, twelve|42.00|Pure pigments, half pans, folding palette.
        Brush set, three rounds|22.80|Sizes 2, 6 and 10, spring and point.
        Ruler, steel, 30 cm|8.90|Etched marks, cork on the back.
        Scissors, 21 cm|17.00|One for paper only, please.
        Letter paper, laid, 50 sheets|12.60|Watermark, warm white, A5.
        Envelopes, lined, 25|9.40|Gummed flap, tissue lining.
        Sealing wax, three sticks|10.50|Red, gold and bottle green.
        Paper clips in a tin, 100|5.60|Triangular, will not tangle.
        Washi tape, set of six|12.20|和紙: tears by hand and comes off clean.
        折り紙 Origami paper, 200 sheets|8.70|Fifteen centimetres square in forty colours.
        筆 Calligraphy brush|15.90|Goat and weasel hair on bamboo.
        墨 Ink stick|19.80|Pine soot; grind it slowly with water.
        Desk calendar, perpetual|24.00|Two cubes and three bars show every date.
        Gift wrapping|4.40|Paper, ribbon and a card with your words, done while you wait.|untracked
        Correspondence cards, twelve|11.00|Thick board with painted edges.
        Résumé folder, grey board|6.90|Holds twenty sheets without a hole in any.
        """

    static let clothing = """
        Merino socks, grey|14.90|Fine knit, reinforced heel, no itch.
        Merino base layer|69.00|Warm when wet, fresh after three days.
        Breton shirt, striped|49.00|Heavy cotton jersey, boat neck.
        Oxford shirt, white|72.00|Button-down collar, mother-of-pearl buttons.
        Linen shirt, sand|78.00|Loose cut, coconut buttons, gets softer.
        Flannel shirt, checked|64.00|Brushed on both sides.
        Cotton T-shirt, heavy|27.00|230 g jersey that keeps its shape.
        Hooded sweatshirt|62.00|Loopback cotton with a lined hood.
        Fisherman's jumper|128.00|Ribbed wool, turns wind and drizzle.
        Cardigan, shawl collar|139.00|Lambswool, leather buttons, two pockets.
        Chino trousers, navy|84.00|Twill with a little stretch.
        Corduroy trousers, rust|92.00|Eight wales, lined to the knee.
        Denim apron|38.00|Crossed straps that spare the neck.
        Waxed jacket|189.00|Cotton canvas, can be waxed again.
        Rain poncho|45.00|Packs into its own pocket.
        Wool beret|29.00|Felted, with a leather band.
        Knitted hat|24.50|Two-layer rib, one size.
        Scarf, mohair|46.00|Brushed, light, two metres long.
        Silk neckerchief|34.00|Hand-rolled edge, 55 cm square.
        Leather belt, 35 mm|52.00|Vegetable-tanned, brass buckle.
        Gloves, sheepskin|66.00|Wool inside, seams out of the way.
        House slippers, felt|39.50|Latex sole, quiet on wood.
        Espadrilles, canvas|36.00|Jute sole, made for piers and markets.
        浴衣 Yukata robe|88.00|Cotton, indigo pattern, with its belt.
        """

    static let bath = """
        Olive oil soap, 200 g|6.50|Matured for nine months, stamped by hand.
        Lavender soap, 100 g|5.20|Flowers ground into the bar.
        Shaving soap in a bowl|18.90|Dense lather, sandalwood, beech bowl.
        Shaving brush|34.00|Synthetic fibre as soft as badger, walnut handle.
        Safety razor|42.00|Closed comb, brass, five blades to start with.
        After-shave balm, 100 ml|16.40|Witch hazel and aloe, no sting.
        Hand cream, 75 ml|9.80|Shea butter that is gone in a minute.
        Lip balm, tin|4.90|Beeswax and almond oil.
        Face oil, rosehip, 30 ml|21.00|Three drops are enough.
        Sea sponge, medium|17.50|Grown, not made; rinse well.
        Loofah, whole|7.90|Cut it to the length that you like.
        Wooden comb|12.40|Pear wood, no seams, no static.
        Hairbrush, boar bristle|29.90|Carries shine from root to tip.
        Shampoo bar, nettle|8.60|Does the work of two bottles.
        Bath salt, spruce, 500 g|11.50|For cold feet and long days.
        Bath towel, 70 × 140 cm|32.00|Long-staple cotton, 500 g.
        Guest towels, pair|17.00|Waffle linen that dries by noon.
        Bath mat, cotton|26.50|Heavy, looped, stays put.
        Soap dish, soapstone|14.80|Drains into the basin.
        Tooth mug, enamelled|9.50|White with a blue rim.
        Toothbrush, beech|4.20|Medium bristles, handle for the stove.
        Tooth tablets, 120|7.40|Chew, brush, rinse; no tube.
        手拭い Tenugui towel|12.90|Dyed cotton, 35 by 90 cm, edges left raw.
        Crème fraîche body lotion, 200 ml|14.20|Rich, quick, smells of nothing.
        """

    static let toys = """
        Building blocks, beech, 60|39.00|Planed smooth, true to half a millimetre.
        Wooden railway, starter set|49.00|Eighteen pieces, a bridge and a goods train.
        Stacking rings|18.50|Seven colours on a rocking cone.
        Pull-along duck|22.00|Flaps its feet and follows anywhere.
        Rag doll, Zoë|34.50|Linen skin, yarn hair, a pocket for secrets.
        Teddy bear, mohair|68.00|Joints that turn and a growl inside.
        Spinning top, tin|14.90|Hums in three notes.
        Kaleidoscope|16.80|Brass tube, real glass splinters.
        Kite, single line|27.00|Ripstop sail, 40 m of line, flies in a breeze.
        Skipping rope|11.50|Cotton rope with ash handles.
        Marbles, bag of fifty|9.20|Glass, with two big ones.
        Jigsaw, 1000 pieces, harbour|19.90|Painted, with a poster to go by.
        Memory game, birds|15.40|Thirty-six pairs, thick board.
        Chess set, folding|45.00|Boxwood and sheesham, felt under the feet.
        Draughts and mill|28.00|Two boards in one box.
        Backgammon, travel|36.50|Rolls up in a leather case.
        Dominoes, double six|13.60|Ebony-coloured, in a box with a sliding lid.
        Playing cards, linen finish|7.80|Fifty-two, two jokers, four languages.
        Dice, set of six|6.40|Rounded corners, true roll.
        Yo-yo, maple|12.70|Looping shape, with two spare strings.
        Juggling balls, three|17.90|Filled with millet, they stay where they fall.
        囲碁 Go set, 19 × 19|74.00|Bamboo board, 361 stones, two bowls.
        麻将 Mah-jong set|98.00|144 tiles in a case, rules for beginners.
        けん玉 Kendama|21.50|Cup, spike and ball: harder than it looks.
        """

    static let outdoors = """
        Tent, two people|249.00|2.4 kg, stands in five minutes, porch for boots.
        Sleeping bag, −5 °C|179.00|Down, 1.1 kg, left zip joins a right one.
        Sleeping mat, inflatable|84.00|Seven centimetres that pack to a bottle's size.
        Rucksack, 35 l|119.00|Roll top, padded belt, rain cover below.
        Daypack, waxed canvas|89.00|Leather straps, 18 l, room for a thermos.
        Dry bag, 10 l|17.90|Welded seams, floats when closed.
        Head torch, 300 lm|39.00|Red light for reading maps; charges by USB.
        Lantern, collapsible|28.50|Sixty hours on low, hook on top.
        Camping stove, gas|46.00|Boils a litre in three and a half minutes.
        Spirit burner, brass|33.00|Nothing to break, nothing to hear.
        Mess tins, set of two|24.00|Anodised, lids are pans.
        Spork, titanium|12.50|Sixteen grams, for soup and for meat.
        Vacuum flask, 0.75 l|36.00|Hot for a day, cup on top.
        Water bottle, steel, 1 l|23.00|Single wall, may stand on the fire.
        Water filter, squeeze|42.00|Hollow fibres for a thousand litres.
        Pocket knife, two blades|58.00|Carbon steel, olive handle, locks.
        Compass, base plate|31.00|Declination screw and a lens.
        Map case, waterproof|16.50|Folds without cracking, for A4.
        Trekking poles, pair|74.00|Cork grips, three parts, carbide tips.
        Tent proofing|37.50|Seams sealed and fly coated, back within a week.|untracked
        Hammock, parachute silk|49.00|Holds 180 kg, straps for two trees.
        Picnic blanket, wool|56.00|Waxed back, leather carrying strap.
        First aid kit|27.80|Forty-two parts, and a list of them.
        Signal whistle|8.90|Two tones, loud enough for the next valley.
        """
}
