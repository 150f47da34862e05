/** The 80 COCO categories, in the detector's order. */
export const COCO_LABELS: readonly string[] = (
  'person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,stop sign,parking meter,bench,' +
  'bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe,backpack,umbrella,handbag,tie,suitcase,frisbee,skis,snowboard,' +
  'sports ball,kite,baseball bat,baseball glove,skateboard,surfboard,tennis racket,bottle,wine glass,cup,fork,knife,spoon,' +
  'bowl,banana,apple,sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,potted plant,bed,dining table,' +
  'toilet,tv,laptop,mouse,remote,keyboard,cell phone,microwave,oven,toaster,sink,refrigerator,book,clock,vase,scissors,' +
  'teddy bear,hair drier,toothbrush'
).split(',');

/**
 * Things that move by themselves. A region that moves as one whole is one of these, whatever the detector first thinks:
 * from above it takes a car for a cell phone, and phones do not drive.
 */
const MOVERS = new Set(
  'person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe'.split(
    ',',
  ),
);

export const MOVER_CLASSES: readonly number[] = COCO_LABELS.flatMap((label, index) =>
  MOVERS.has(label) ? [index] : [],
);

export const isMover = (label: string): boolean => MOVERS.has(label);

const CAR_LOOKALIKES = new Set(['cell phone', 'parking meter', 'mouse', 'remote']);

/** What the detector takes a car for when it is seen from above. */
export const isCarLookalike = (label: string): boolean => CAR_LOOKALIKES.has(label);
