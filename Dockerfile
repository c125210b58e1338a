# Both stages use the Node.js version that package.json pins; a test compares them.
FROM node:26.10.0-trixie-slim AS modules
WORKDIR /app
COPY package.json package-lock.json ./
# Without install scripts: the only one downloads a second Node.js.
RUN npm ci --omit=dev --workspaces=false --ignore-scripts --no-audit --no-fund

FROM node:26.10.0-trixie-slim
# The running container needs no package manager.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn* /opt/yarn*
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY --from=modules /app/node_modules node_modules
COPY package.json LICENSE ./
COPY src src
# Compile the program once into the image, since a read-only container cannot keep a compile cache. Node.js finds the
# cache only with the same flags, user and kind of CPU, and otherwise compiles the program at the start.
ENV NODE_COMPILE_CACHE=/app/compiled
RUN mkdir compiled && chown 1000:1000 compiled
USER 1000:1000
RUN ["env", "HOST=127.0.0.1", "AEROSPIKE_URL=https://vendor.invalid", "node", "--disable-sigusr1", "--import=./src/preload.js", "--max-semi-space-size=16", "--v8-pool-size=1", "--no-parallel-scavenge", "src/main.ts", "--check"]
USER 0:0
RUN chown -R 0:0 compiled && chmod -R a+rX,go-w compiled
# The image's user "node", by number, so that Kubernetes can verify that it is not root. All files belong to root.
USER 1000:1000
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Like `npm start`, but signals reach the process directly.
ENTRYPOINT ["node", "--disable-sigusr1", "--import=./src/preload.js", "--max-semi-space-size=16", "--v8-pool-size=1", "--no-parallel-scavenge", "src/main.ts"]
