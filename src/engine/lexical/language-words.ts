/** The words by which the language of a question is told, folded: beside the stop lists, what people ask with; and what tells nothing. */

const list = (words: string) => words.trim().split(/\s+/)

/** Words that both languages write tell nothing. */
export const SHARED: ReadonlySet<string> = new Set(
  list(`
    a e i o u y no me he has son sin more once does are ten fin final general total real solo as an am so us doctor pension digital hospital
    error original social legal normal personal local federal material manual oral visa idea vs app internet video plan base use red sea
    mayor sale come dice media date capital formal temporal actual animal control taxi hotel club virus menu radio
  `),
)

/** Offices, programmes and procedures of Mexico: both languages call them so, whatever they look like. */
export const NAMES: ReadonlySet<string> = new Set(
  list(`
    imss issste infonavit fovissste fonacot afore afores consar condusef profedet prodecon renapo sat inm ine sre sep insabi coplamar rfc curp
    nss umf ciec efirma repse sipare sua idse sirce fmm nip whatsapp siat buzon tributario modalidad modalidades bienestar vigencia
    subdelegacion subdelegaciones delegacion apostille apostilla banxico llave mx cdmx mexico gob com org www http https
  `),
)

/** Words that people take over into the other language: weaker evidence of their own. */
export const BORROWED: ReadonlySet<string> = new Set(
  list(`
    tramite tramites acta actas cita citas clinica patron online credencial salud nacimiento matrimonio comprobante domicilio constancia derechos
    semanas cotizadas cuenta seguro carta poder perito homologacion derechohabiente derechohabientes sociales cedula clave firma
  `),
)

/** English words of everyday questions and of this field that no stop list holds. */
export const EVERYDAY_EN: readonly string[] = list(`
  need get apply number office hours phone card birth certificate cost price free online without work worker workers pay paid paying lost wrong
  renew register registration where form forms marriage health insurance insured student students employer employers employee employees
  employed foreigner foreigners foreign address name names change changed long take takes year years old is whats requirements required
  require appointment appointments clinic clinics translation translator translated resident residents temporary permanent savings week weeks
  month months day days hour minute minutes check my hi hello thanks please says said know known moved move rate rates percent interest
  mortgage difference differences compare list lists unit units password reset account login log sign signed signature email mail letter page
  website site link download upload print file find found locate show tell explain help call open close closed book track status step steps
  guide example question answer buy sell rent house home car street city town country state law rule rules tax taxes income wage wages bank
  money cash fee fees amount bill payment payments loan credit balance withdraw transfer refund best worst top cheap cheapest near nearest
  today tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday january february march june july august september october
  november december morning afternoon evening night birthday age born died death sick sickness illness disease pregnant pregnancy baby child
  children kid kids daughter wife husband mother father parents parent spouse family families friend boss company business owner job jobs hire
  hired fired quit retire retired retirement contract maid household domestic housekeeper cleaning gardener nanny driver cook freelancer
  freelance dependent dependents beneficiary beneficiaries member members join joining enroll enrolled enrollment cover covered covers coverage
  benefit benefits eligible qualify deadline expire expired expires valid validity mistake mistakes correct corrected fix update spelling
  missing duplicate lawyer attorney notary embassy consulate immigration migration passport citizen tourist traveler abroad border american
  english spanish documents document papers paperwork proof copy copies photo picture fingerprint fingerprints weather movie movies song music
  game games team player score league table recipe water food dinner lunch dog cat book books school teacher hospitals surgery medicine
  medicines drugs drug pharmacy doctors nurse emergency treatment waiting wait limit maximum minimum high low big small new bring give send
  receive issue issued issues keep lose leave start stop begin end work working use used using mean means center want wants wanted like think make made
`)

/** And Spanish ones. */
export const EVERYDAY_ES: readonly string[] = list(`
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
`)
