/** How the custom elements manifests are made. The analyzer would else write its output's path into a package.json. */
export default { litelement: true, quiet: true, packagejson: false };
