/** Spanish words: those that the lexical index drops, and those that show that a question is in Spanish. */
import { stopwords as published } from '@orama/stopwords/spanish'
import { fold } from '../../core/fold.ts'
import { wordList } from '../word-list.ts'

/**
 * Words that the published stop list holds but that carry meaning here: people ask for hours, work, time and accounts.
 * Its numbers and ordinals stay stop words, since the guides write figures as digits.
 */
const CONTENT_WORDS = new Set(
  wordList(`
    hora horas dia dias tiempo trabajo trabaja trabajan trabajar trabajas trabajo empleo emplear empleas cuenta estado estados medio conocer conseguir primera primer valor verdad general pais ejemplo total menor mayor usar uso lugar fin final realizar
  `),
)

/** Words that people wrap a question in and that say nothing about its subject. */
const AROUND_QUESTIONS = 'hola favor gracias'

export const SPANISH_STOP_WORDS: readonly string[] = [
  ...published.filter((word) => !CONTENT_WORDS.has(fold(word))),
  ...wordList(AROUND_QUESTIONS),
]

/** Words of everyday questions and of this field that the published stop list does not hold. */
const EVERYDAY = `
    necesito necesita sacar tramitar numero numeros oficina oficinas horario horarios telefono medico medica tarjeta costo precio gratis linea
    trabajo trabajador trabajadora trabajadores empleado empleada empleados pagar pago pagos perdi perdio mal renovar registrar registrarme
    registro donde formato salud estudiante estudiantes patrones extranjero extranjera extranjeros nombre apellido apellidos cambiar cambio
    tarda tardan vieja requisitos requisito documentos documento clinicas traduccion residente residentes permanente consultar corregir
    correccion dar alta puedo puede pueden cuesta cuestan cuanto sirve tengo tiene tienen deja llevo llevar entiendo quiero quiere hago hace hacer
    debo deben saber prueba saldo credito hijo hija hijos esposa esposo familia familiar familiares mujer nino ninos beneficiario beneficiarios
    fecha nacido nacida mexicano mexicana casado casada divorcio correo contrasena aplicacion pagina sitio descargar imprimir copia pasaporte
    huellas foto sueldo salario jubilar jubilado jubilacion retiro incapacidad maternidad embarazo embarazada enfermedad accidente urgencias
    vacuna receta medicina medicamentos llamar marcar abrir cerrar cierran abren abierta abierto hoy manana ayer lunes martes miercoles jueves
    viernes sabado sabados domingo domingos enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre dia dias
    mes meses ano anos semana hora horas adultos personas persona ley articulo regla impuestos impuesto banco dinero casa calle ciudad pais
    estado municipio abogado notario gestor cuota cuotas aportacion aportaciones patronal cotizar cotizacion vivienda prestamo multa recibo luz
    agua gas pueblo escuela clima futbol pelicula cancion comida perro gato hola gracias favor ayuda
  `

export const SPANISH_WORDS: readonly string[] = [...published, ...wordList(EVERYDAY)]

/** Words that English spells the same way, so they never tell the two languages apart. */
export const SPANISH_SHARED_WORDS: readonly string[] = wordList(`
    a e i o u y no me he has son sin more once does are ten fin final general total real solo as an am so us doctor pension digital hospital
    error original social legal normal personal local federal material manual oral visa idea vs app internet video plan base use red sea
    mayor sale come dice media date capital formal temporal actual animal control taxi hotel club virus menu radio
  `)

/** Words that people keep in Spanish when they ask in another language: weak evidence of Spanish. */
export const SPANISH_BORROWED_WORDS: readonly string[] = wordList(`
    tramite tramites acta actas cita citas clinica patron online credencial salud nacimiento matrimonio comprobante domicilio constancia derechos
    semanas cotizadas cuenta seguro carta poder perito homologacion derechohabiente derechohabientes sociales cedula clave firma
  `)
