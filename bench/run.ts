import { availabilityFigures } from './availability.js'
console.log(await availabilityFigures({} as never))
