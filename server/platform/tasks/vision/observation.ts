/** What is seen in one segment of a video: plain data, written once by the media child and kept with the segment. */

export interface SeenObject {
  /** A COCO label: "person", "car", "dining table" … */
  readonly label: string;
  /** The most of them seen in one frame. */
  readonly count: number;
  /** Detector confidence of the best one, 0..1. */
  readonly score: number;
  /** A basic color word of the best one, where one stands out. */
  readonly color: string | null;
  /** The colors of two things that differ in it; `color` is null then. */
  readonly colors?: readonly string[];
  /** True when the examined frames show different numbers of them. */
  readonly countVaries?: boolean;
  /** True when it changed place within the segment. */
  readonly moving: boolean;
}

export interface ColorShare {
  readonly name: string;
  /** Share of the picture, 0..1. */
  readonly share: number;
}

export type MotionLevel = 'still' | 'slight' | 'moderate' | 'strong';

export type TimeOfDay = 'day' | 'night';

/** What somebody's body does; `raising_hand` goes with the others. Segments of earlier versions know the first two. */
export type Posture = 'standing' | 'sitting' | 'lying' | 'bending' | 'raising_hand';

export interface PeoplePosture {
  readonly posture: Posture;
  /** The most of them seen in one frame. */
  readonly count: number;
}

/** How much of the picture people fill: a face that is near, or people who are all far away. */
export type ShotSize = 'close_up' | 'wide';

export type Occupancy = 'empty' | 'many';

/** What two people do together. */
export type Interaction = 'face_to_face';

export interface SegmentObservation {
  readonly index: number;
  /** Seconds in the video. */
  readonly start: number;
  readonly end: number;
  /** File name of the segment's thumbnail within the observation's folder. */
  readonly thumbnail: string;
  readonly objects: readonly SeenObject[];
  readonly colors: readonly ColorShare[];
  readonly motion: MotionLevel;
  /** True when the whole picture moves: a pan, a hand-held camera. */
  readonly cameraMoves: boolean;
  /** Faces turned to the camera, the most in one frame. */
  readonly faces: number;
  /** How many of them smile; segments of earlier versions do not tell. */
  readonly smiles?: number;
  /** Where it is plain to see. */
  readonly timeOfDay: TimeOfDay | null;
  /** What those people do whose bodies are plain to see; segments of earlier versions have none of these three. */
  readonly postures?: readonly PeoplePosture[];
  /** Null for a shot between the two, and without people. */
  readonly shot?: ShotSize | null;
  /** `empty` where nothing moves and nobody is seen, not even doubtfully; `many` from six people on. */
  readonly occupancy?: Occupancy | null;
  /** Missing in segments of earlier versions. */
  readonly interaction?: Interaction | null;
  /** Mean luma, 0 (black) .. 1 (white). */
  readonly brightness: number;
  /** Mean local contrast, 0 (flat) .. 1: texture such as grass, crowds or foliage is high. */
  readonly texture: number;
  /** Pooled features of the detector's backbone, not normalized. */
  readonly features: readonly number[];
}
