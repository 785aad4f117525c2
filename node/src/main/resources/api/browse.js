// The page at /api/: lists the operations of the OpenAPI document and calls them.
const token = document.getElementById('token')
const operations = document.getElementById('operations')
token.value = sessionStorage.getItem('mw.token') ?? ''
token.addEventListener('change', () => { sessionStorage.setItem('mw.token', token.value); load() })

function element(name, properties, ...children) {
  const e = Object.assign(document.createElement(name), properties)
  e.append(...children)
  return e
}

function headers(more) {
  return token.value ? { ...more, Authorization: 'Bearer ' + token.value } : { ...more }
}

function resolve(schema, all, depth = 0) {
  if (schema.$ref) return depth > 6 ? schema.$ref : resolve(all[schema.$ref.split('/').pop()], all, depth + 1)
  if (schema.oneOf) return { 'one of': schema.oneOf.map(s => resolve(s, all, depth + 1)) }
  if (schema.anyOf) return resolve(schema.anyOf[0], all, depth + 1)
  if (schema.enum) return schema.enum.join(' | ')
  if (schema.type === 'array') return [resolve(schema.items, all, depth + 1)]
  if (schema.type === 'object')
    return Object.fromEntries(Object.entries(schema.properties).map(([k, v]) => [k, resolve(v, all, depth + 1)]))
  return schema.format ?? (Array.isArray(schema.type) ? schema.type.join(' | ') : schema.type)
}

async function call(method, path, operation, inputs, body, output) {
  const query = new URLSearchParams()
  let url = path
  for (const [parameter, input] of inputs) {
    if (parameter.in === 'path') url = url.replace(`{${parameter.name}}`, encodeURIComponent(input.value))
    else if (input.value) for (const v of input.value.split(/\s+/)) query.append(parameter.name, v)
  }
  if ([...query].length) url += '?' + query
  output.textContent = `${method.toUpperCase()} ${url}\n…`
  try {
    const response = await fetch(url, {
      method,
      headers: headers(body ? { 'Content-Type': 'application/json' } : {}),
      body: body?.value,
    })
    const text = await response.text()
    let shown = text
    try { shown = JSON.stringify(JSON.parse(text), null, 2) } catch { /* not JSON: shown as it is */ }
    output.textContent = `${method.toUpperCase()} ${url}\n${response.status}\n\n${shown.slice(0, 200000)}`
  } catch (e) {
    output.textContent = String(e)
  }
}

function show(method, path, operation, schemas) {
  const inputs = operation.parameters.map(p => [p, element('input', {
    name: p.name, value: p.required ? [].concat(p.example)[0] : '', placeholder: String(p.example), ariaLabel: p.name,
  })])
  const body = operation.requestBody
    ? element('textarea', { rows: 2, value: '{"value": 3.0}', ariaLabel: 'body' }) : null
  const output = element('pre', {})
  const answer = operation.responses['200'].content['application/json'].schema
  output.textContent = JSON.stringify(resolve(answer, schemas), null, 2)
  const button = element('button', { textContent: 'Send' })
  button.addEventListener('click', () => call(method, path, operation, inputs, body, output))
  return element('details', {},
    element('summary', {},
      element('span', { className: 'method', textContent: method.toUpperCase() }),
      element('code', { textContent: path }),
      element('span', { className: 'what', textContent: operation.summary })),
    element('div', { className: 'inside' },
      ...inputs.map(([p, input]) => element('div', { className: 'row' },
        element('code', { textContent: p.name }), input, element('small', { textContent: p.description }))),
      ...(body ? [body] : []), button, output))
}

async function load() {
  const response = await fetch('v1/openapi.json', { headers: headers() })
  if (!response.ok) {
    operations.replaceChildren(element('p', { textContent: 'The node asks for its token.' }))
    return
  }
  const api = await response.json()
  operations.replaceChildren(...Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => show(method, path, operation, api.components.schemas))),
    element('p', {}, 'Live values: ', element('code', { textContent: 'GET /api/v1/stream?signal=asset/signal' }),
      ' answers Server-Sent Events: ', element('code', { textContent: 'samples' }), ' with arrays of [name, value, status, source ms, receive ms], and ',
      element('code', { textContent: 'state' }), ' once a second.'))
}
load()
