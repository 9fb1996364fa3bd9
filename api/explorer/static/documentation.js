"use strict";
SwaggerUIBundle({ url: "/docs/openapi-3.0.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null });
