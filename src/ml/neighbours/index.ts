export {
  type NearestNeighbour,
  Neighbours,
  type NeighboursParameters,
  type NeighboursState,
} from './neighbours.ts';
