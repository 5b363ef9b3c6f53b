export { durationView, type DurationViewOptions } from './duration-view';
